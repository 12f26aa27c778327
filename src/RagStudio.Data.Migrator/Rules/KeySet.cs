namespace RagStudio.Data.Migrator;

/// <summary>
/// A set of keys as the UTF-8 bytes of their text, for a rule that looks one up for each row of a pass without copying
/// anything. It takes about a hundred bytes of memory per key.
/// </summary>
public sealed class KeySet
{
    private readonly HashSet<byte[]> _keys = new(KeyBytes.Comparer);
    private readonly HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    /// <summary>Creates an empty set.</summary>
    public KeySet() => _lookup = _keys.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>The number of keys.</summary>
    public int Count => _keys.Count;

    /// <summary>Reads all values of a column that are not NULL.</summary>
    /// <param name="context">The rule that needs them.</param>
    /// <param name="table">A table that the rule declares in its tables.</param>
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
                $"SELECT {column} FROM {context.QuoteTable(table.Table)} WHERE {column} IS NOT NULL",
                row => keys.Add(row.GetUtf8(0))
            )
            .ConfigureAwait(false);
        return keys;
    }

    /// <summary>Adds a key.</summary>
    /// <param name="key">The bytes, which are copied.</param>
    /// <returns>True if the key was not in the set yet.</returns>
    public bool Add(ReadOnlySpan<byte> key) => _lookup.Add(key);

    /// <summary>Looks up a key, byte by byte.</summary>
    /// <param name="key">The bytes.</param>
    /// <returns>True if the set contains the key.</returns>
    public bool Contains(ReadOnlySpan<byte> key) => _lookup.Contains(key);
}
