namespace RagStudio.Data.Migrator;

/// <summary>Reports within the call, unlike <see cref="Progress{T}"/>, which posts to a context.</summary>
internal sealed class DirectProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
