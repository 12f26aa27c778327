namespace RagStudio.Data.Migrator.PostgreSql.Rehearse;

/// <summary>The rows of a table that are copied: all of them, or some by their places.</summary>
internal sealed class SelectedRows
{
    private readonly Dictionary<long, HashSet<string>> _places = [];

    /// <summary>All rows.</summary>
    public static SelectedRows All { get; } = new() { AreAll = true };

    /// <summary>True if all rows are copied.</summary>
    public bool AreAll { get; private init; }

    /// <summary>The number of selected rows.</summary>
    public long Count => _places.Values.Sum(places => (long)places.Count);

    /// <summary>The places of the selected rows, as <c>ctid</c> has them, by the oid of the table or partition.</summary>
    public IEnumerable<(long Relation, string[] Places)> Places =>
        _places.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value.ToArray()));

    /// <returns>Those rows that were not selected before.</returns>
    public IReadOnlyList<(long Relation, string Place)> Add(IEnumerable<(long Relation, string Place)> rows) =>
        AreAll ? [] : [.. rows.Where(row => PlacesIn(row.Relation).Add(row.Place))];

    private HashSet<string> PlacesIn(long relation)
    {
        if (!_places.TryGetValue(relation, out var places))
        {
            _places[relation] = places = [];
        }
        return places;
    }
}
