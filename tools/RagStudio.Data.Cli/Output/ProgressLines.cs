namespace RagStudio.Data.Cli;

/// <summary>
/// Plain lines while a command works that takes long: for logs and pipes. A command that is done at once writes none, and a long one never
/// looks dead.
/// </summary>
internal sealed class ProgressLines : IProgress<ProgressStep>, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A new step is told at the next of these, so that a hundred short ones do not make a hundred lines.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>A step that lasts is told again each time that so much has gone by.</summary>
    private static readonly TimeSpan Repetition = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly Action<string> _write;
    private readonly TimeProvider _time;
    private readonly long _begun;
    private readonly ITimer _timer;
    private ProgressStep? _latest;
    private string? _told;
    private long _toldAt;

    /// <param name="write">Takes the lines.</param>
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
