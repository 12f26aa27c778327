namespace RagStudio.Data.Cli;

/// <summary>
/// Forwards reports immediately and in order, unlike <see cref="Progress{T}"/>, which posts them to the
/// thread pool.
/// </summary>
/// <param name="handler">Receives the reports, on the threads that report.</param>
internal sealed class DirectProgress<T>(Action<T> handler) : IProgress<T>
{
    public void Report(T value) => handler(value);
}
