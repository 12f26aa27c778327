namespace RagStudio.Data.Scripts.Tests;

/// <summary>Captures the process's output to standard error until it is disposed.</summary>
internal sealed class CapturedStandardError : IDisposable
{
    private readonly TextWriter _before = Console.Error;
    private readonly StringWriter _captured = new();

    public CapturedStandardError() => Console.SetError(_captured);

    public string Text => _captured.ToString();

    public void Dispose()
    {
        Console.SetError(_before);
        _captured.Dispose();
    }
}
