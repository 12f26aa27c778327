namespace RagStudio.Data.Migrator.Providers;

/// <summary>The dialect of a provider without one.</summary>
internal sealed class NoDialect : IMigrationDialect
{
    private NoDialect() { }

    public static NoDialect Instance { get; } = new();
}
