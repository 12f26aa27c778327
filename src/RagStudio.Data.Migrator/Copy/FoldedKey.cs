using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Copy;

/// <summary>
/// A unique key of the target which takes different values for equal: keeps the hash of each that has come, and recognizes
/// the next one.
/// </summary>
internal sealed class FoldedKey(CopyTable table, int[] columns, IBulkRows target)
{
    private readonly HashSet<UInt128> _known = [];
    private readonly StringBuilder _text = new();

    /// <summary>The columns for people.</summary>
    public string Name { get; } = string.Join(", ", columns.Select(index => table.Source.Columns[index].Name));

    /// <summary>Finds the keys of a table that need this: other duplicates cannot be in the source.</summary>
    public static IReadOnlyList<FoldedKey> Of(CopyTable table, IBulkRows target) =>
        [
            .. table
                .Target.Table.UniqueConstraints.Select(key => key.Columns.Select(column => column.Name))
                .Concat(
                    table
                        .Target.Table.Indexes.Where(index => index is { IsUnique: true, Filter: null })
                        .Select(index => index.Columns.Select(column => column.Name))
                )
                .Select(names => names.Select(name => PositionOf(table, name)).ToArray())
                .Where(key =>
                    key.All(index => index >= 0) && key.Any(index => target.Folds(table.Target.Columns[index]))
                )
                .Select(key => new FoldedKey(table, key, target)),
        ];

    /// <summary>Adds the key of a row.</summary>
    /// <returns>False if an equal one was added before. A NULL is equal to nothing.</returns>
    public bool Add(object?[] written)
    {
        _text.Clear();
        foreach (var index in columns)
        {
            if (written[index] is not { } value)
            {
                return true;
            }
            var column = table.Target.Columns[index];
            var text = Convert.ToString(
                target.Folds(column) ? target.Fold(column, value) : Plain(value),
                CultureInfo.InvariantCulture
            )!;
            _text.Append(CultureInfo.InvariantCulture, $"{text.Length}:{text}");
        }
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(_text.ToString()));
        return _known.Add(new UInt128(BitConverter.ToUInt64(hash, 0), BitConverter.ToUInt64(hash, 8)));
    }

    private static object Plain(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : value;

    private static int PositionOf(CopyTable table, string column) =>
        table.Target.Columns.ToList().FindIndex(one => one.Name == column);
}
