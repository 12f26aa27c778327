namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>A table from its creation until it is dropped, across renames.</summary>
/// <param name="name">Its first name.</param>
internal sealed class TrackedTable(string name)
{
    private readonly List<string> _names = [name];

    /// <summary>Its names so far, newest first.</summary>
    public IEnumerable<string> Names => _names.AsEnumerable().Reverse();

    /// <summary>Its current name, or its last one if it was dropped.</summary>
    public string Name { get; private set; } = name;

    public void Rename(string name)
    {
        Name = name;
        _names.Add(name);
    }

    /// <summary>True if it has had one of these names.</summary>
    public bool Has(HashSet<string> names) => _names.Exists(names.Contains);
}
