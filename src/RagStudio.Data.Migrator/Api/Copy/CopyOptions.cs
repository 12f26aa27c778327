namespace RagStudio.Data.Migrator;

/// <summary>The options of a copy.</summary>
public sealed class CopyOptions
{
    /// <summary>
    /// The tables of the source that are in no context's model and stay behind, by name. Any other table that the models do
    /// not know stops the copy.
    /// </summary>
    /// <value>Default: empty.</value>
    public ISet<string> LeaveBehind { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
}
