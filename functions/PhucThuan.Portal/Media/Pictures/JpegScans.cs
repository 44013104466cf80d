using System.Buffers.Binary;

namespace PhucThuan.Portal.Media.Pictures;

/// <summary>Detects sequential JPEGs with a single scan (ITU-T T.81, B.2).</summary>
internal static class JpegScans
{
    private const byte Baseline = 0xC0;
    private const byte ExtendedSequential = 0xC1;
    private const byte Progressive = 0xC2;
    private const byte StartOfScan = 0xDA;

    /// <summary>
    /// True for a single scan, which a decoder can stream. For several scans, as in a progressive JPEG, a decoder
    /// buffers all coefficients: up to 6 bytes per pixel. False for an invalid file.
    /// </summary>
    public static bool IsSingle(ReadOnlySpan<byte> file)
    {
        var components = 0;
        for (var at = 2; at + 10 <= file.Length && file[at] == 0xFF;)
        {
            var segment = file[at..];
            if (segment[1] == 0xFF)
            {
                at++; // fill byte
                continue;
            }

            switch (segment[1])
            {
                case Baseline or ExtendedSequential:
                    components = segment[9];
                    break;
                case Progressive:
                    return false;
                case StartOfScan:
                    return components > 0 && segment[4] == components;
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
        }

        return false;
    }
}
