using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace PhucThuan.Tests.Telemetry;

/// <summary>Collects what the instruments of one meter factory measure.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Measured> _all = new();
    private readonly ConcurrentBag<Instrument> _instruments = [];

    public Measurements(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Meter.Name == "PhucThuan.Portal")
            {
                _instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyCollection<Instrument> Instruments => _instruments;

    public IReadOnlyCollection<Measured> All => _all;

    /// <summary>Polls gauges and observable counters.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    /// <summary>
    /// Sum of an instrument's measurements that have the tag, such as <c>outcome=bot</c>; without a tag, of all.
    /// </summary>
    public double Sum(string instrument, string tag = "") => _all
        .Where(each => each.Instrument == instrument && (tag.Length == 0 || each.Tags.Contains(tag)))
        .Sum(each => each.Value);

    public int Count(string instrument, params string[] tags) => _all
        .Count(each => each.Instrument == instrument && tags.All(each.Tags.Contains));

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var texts = new List<string>();
        foreach (var (key, tag) in tags)
        {
            texts.Add($"{key}={tag}");
        }

        _all.Enqueue(new Measured(instrument.Name, value, texts));
    }
}

/// <param name="Tags">Entries such as <c>outcome=counted</c>.</param>
internal sealed record Measured(string Instrument, double Value, IReadOnlyList<string> Tags);
