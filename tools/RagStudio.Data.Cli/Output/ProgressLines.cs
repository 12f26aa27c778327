namespace RagStudio.Data.Cli;

/// <summary>
/// Plain progress lines of a long command, for logs and pipes. A quick command writes none, and a long one
/// never looks stuck.
/// </summary>
internal sealed class ProgressLines : IProgress<ProgressStep>, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The interval at which new steps are reported, so a hundred short ones do not write a hundred lines.
    /// </summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>The interval at which a long step is reported again.</summary>
    private static readonly TimeSpan Repetition = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly Action<string> _write;
    private readonly TimeProvider _time;
    private readonly long _begun;
    private readonly ITimer _timer;
    private ProgressStep? _latest;
    private string? _told;
    private long _toldAt;

    /// <param name="write">Receives the lines.</param>
    /// <param name="time">The clock.</param>
    public ProgressLines(Action<string> write, TimeProvider time)
    {
        (_write, _time) = (write, time);
        _begun = _toldAt = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Tell(), state: null, Patience, Interval);
    }

    public void Report(ProgressStep value)
    {
        lock (_lock)
        {
            _latest = value;
        }
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Tell()
    {
        lock (_lock)
        {
            if (_latest is { } step && (step.Text != _told || _time.GetElapsedTime(_toldAt) >= Repetition))
            {
                (_told, _toldAt) = (step.Text, _time.GetTimestamp());
                _write(LineOf(step));
            }
        }
    }

    private string LineOf(ProgressStep step)
    {
        string[] parts = [step.Text, step.Amount, ReadableText.Duration(_time.GetElapsedTime(_begun))];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }
}
