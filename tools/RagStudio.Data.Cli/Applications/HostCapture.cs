using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace RagStudio.Data.Cli;

/// <summary>Captures the host that an application builds, and stops the entry point there.</summary>
/// <remarks>
/// .NET's hosts announce themselves by a diagnostic event, and an exception from its observer aborts
/// <c>Build</c>.
/// </remarks>
internal sealed class HostCapture : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Listener = "Microsoft.Extensions.Hosting";
    private const string Built = "HostBuilt";

    /// <summary>The host, which is never started; <see langword="null"/> until it is built.</summary>
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
            // Applications know this exception and do not log it as a failed start.
            throw new HostAbortedException();
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted() { }

    void IObserver<DiagnosticListener>.OnError(Exception error) { }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted() { }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error) { }
}
