namespace RagStudio.Data.Migrator.Validate;

/// <summary>What a check of a storage looks at besides its schema.</summary>
internal sealed record CheckScope
{
    private readonly HashSet<string>? _tables;

    private CheckScope(IEnumerable<string>? tables, StringComparer? names) => _tables = tables?.ToHashSet(names);

    public static CheckScope Everything { get; } = new(null, null);

    /// <summary>The schema alone.</summary>
    public static CheckScope Schema { get; } = new([], null);

    /// <summary>Some tables, with the rules and the references that concern them.</summary>
    public static CheckScope Of(IEnumerable<string> tables, StringComparer names) => new(tables, names);

    /// <value><see langword="null"/> for everything.</value>
    public IReadOnlyCollection<string>? Tables => _tables;

    public bool IsEverything => _tables is null;

    public bool IsSchema => _tables is { Count: 0 };

    public bool Includes(string table) => _tables?.Contains(table) ?? true;
}
