namespace PhucThuan.Portal.Articles.Documents.Word.Packaging;

/// <summary>
/// Limits the XML of an archive entry to the length that the archive declares and to <see cref="MaxAttributes"/> per
/// tag, because XML parsers take superlinear time in the number of attributes (1,000,000 attributes: 31 s).
/// </summary>
internal sealed class BoundedStream(Stream inner, long length) : Stream
{
    /// <summary>Maximum number of attributes per tag; Word writes 40 namespaces on its root element.</summary>
    private const int MaxAttributes = 1000;

    private long _left = length;
    private int _attributes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException(); set =>
        throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The entry is longer than declared.</exception>
    /// <exception cref="NotAnArticleException">A tag has too many attributes.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        _left -= read;
        if (_left < 0)
        {
            throw new InvalidDataException("The entry is longer than the archive declares.");
        }

        CountAttributes(buffer.AsSpan(offset, read));
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>
    /// Counts equals signs since the last <c>&lt;</c>, which attribute values contain only escaped.
    /// </summary>
    private void CountAttributes(ReadOnlySpan<byte> xml)
    {
        foreach (var letter in xml)
        {
            if (letter == '<')
            {
                _attributes = 0;
            }
            else if (letter == '=' && ++_attributes > MaxAttributes)
            {
                throw new NotAnArticleException(WordPackage.TooLarge);
            }
        }
    }
}
