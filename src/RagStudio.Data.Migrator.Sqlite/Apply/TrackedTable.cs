namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>A table, under whatever name, for as long as it is not dropped.</summary>
/// <param name="name">What it is called first.</param>
internal sealed class TrackedTable(string name)
{
    private readonly List<string> _names = [name];

    /// <summary>All that it was called, the newest first.</summary>
    public IEnumerable<string> Names => _names.AsEnumerable().Reverse();

    /// <summary>What it is called now, or was when it was dropped.</summary>
    public string Name { get; private set; } = name;

    public void Rename(string name)
    {
        Name = name;
        _names.Add(name);
    }

    /// <summary>Whether it was called by one of these names at some time.</summary>
    public bool Has(HashSet<string> names) => _names.Exists(names.Contains);
}
