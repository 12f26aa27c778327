namespace RagStudio.Data.Migrator;

/// <summary>
/// A set of keys as the UTF-8 bytes of their text, for a rule that looks them up for each row of a pass: neither the row's text nor
/// anything else is copied for it. Takes about a hundred bytes of memory for each key.
/// </summary>
public sealed class KeySet
{
    private readonly HashSet<byte[]> _keys = new(KeyBytes.Comparer);
    private readonly HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    /// <summary>Makes an empty set.</summary>
    public KeySet() => _lookup = _keys.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>How many keys there are.</summary>
    public int Count => _keys.Count;

    /// <summary>Reads all values of a column that are not NULL.</summary>
    /// <param name="context">The rule that needs them.</param>
    /// <param name="table">The table, which the rule names in its tables.</param>
    /// <returns>The set.</returns>
    public static async Task<KeySet> ReadAsync(RuleContext context, RuleTable table)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(table);
        var keys = new KeySet();
        var column = context.Quote(table.Columns[0]);
        await context
            .QueryAsync(
                table.Database ?? context.Database,
                $"SELECT {column} FROM {context.Quote(table.Table)} WHERE {column} IS NOT NULL",
                row => keys.Add(row.GetUtf8(0))
            )
            .ConfigureAwait(false);
        return keys;
    }

    /// <summary>Adds a key.</summary>
    /// <param name="key">The bytes, which are copied.</param>
    /// <returns>Whether it was not there yet.</returns>
    public bool Add(ReadOnlySpan<byte> key) => _lookup.Add(key);

    /// <summary>Whether a key is there, compared byte by byte.</summary>
    /// <param name="key">The bytes.</param>
    /// <returns>Whether it is.</returns>
    public bool Contains(ReadOnlySpan<byte> key) => _lookup.Contains(key);
}
