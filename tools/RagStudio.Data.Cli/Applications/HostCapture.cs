using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace RagStudio.Data.Cli;

/// <summary>Takes the host that an application builds, and stops the entry point there.</summary>
/// <remarks>.NET's hosts announce themselves by a diagnostic event, and an exception of its observer ends <c>Build</c>.</remarks>
internal sealed class HostCapture : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Listener = "Microsoft.Extensions.Hosting";
    private const string Built = "HostBuilt";

    /// <summary>The host, which was never started; <see langword="null"/> while there is none.</summary>
    public IHost? Host { get; private set; }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == Listener)
        {
            value.Subscribe(this);
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: Built, Value: IHost host })
        {
            Host ??= host;
            // Applications know it: what logs a failed start lets it pass.
            throw new HostAbortedException();
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted() { }

    void IObserver<DiagnosticListener>.OnError(Exception error) { }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted() { }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error) { }
}
