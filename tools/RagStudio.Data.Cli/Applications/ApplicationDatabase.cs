namespace RagStudio.Data.Cli;

/// <summary>The location of a context's tables.</summary>
/// <param name="Provider">What the context works with.</param>
/// <param name="ConnectionString">The connection string, with the full path of a file.</param>
/// <param name="File">That file; <see langword="null"/> on a server.</param>
internal sealed record ApplicationDatabase(IApplicationProvider Provider, string ConnectionString, string? File)
{
    /// <summary>Without the connection string, which may contain a password.</summary>
    public override string ToString() => File ?? Provider.EFProvider;
}
