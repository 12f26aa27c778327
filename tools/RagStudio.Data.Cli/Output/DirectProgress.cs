namespace RagStudio.Data.Cli;

/// <summary>Passes reports on at once and in their order, unlike <see cref="Progress{T}"/>, which posts them to the pool.</summary>
/// <param name="handler">Takes the reports; called from the threads that report.</param>
internal sealed class DirectProgress<T>(Action<T> handler) : IProgress<T>
{
    public void Report(T value) => handler(value);
}
