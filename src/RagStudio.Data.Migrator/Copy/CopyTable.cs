using System.Globalization;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Copy;

/// <summary>A table in both databases.</summary>
internal sealed record CopyTable(
    IMigrationDatabase Database,
    BulkTable Source,
    BulkTable Target,
    IReadOnlyList<CopyColumn> Columns
)
{
    private readonly int[] _key =
    [
        .. (Source.Table.PrimaryKey?.Columns ?? []).Select(key =>
            Source.Columns.ToList().FindIndex(column => column.Name == key.Name)
        ),
    ];

    /// <summary>Names a row by its key.</summary>
    public string NameOf(object?[] row) =>
        _key.Length == 0
            ? "a row without a key"
            : string.Join(
                ", ",
                _key.Select(index =>
                    string.Create(CultureInfo.InvariantCulture, $"{Source.Columns[index].Name} {TextOf(row[index])}")
                )
            );

    private static object? TextOf(object? value) =>
        value switch
        {
            byte[] bytes => Convert.ToHexString(bytes),
            UnreadableValue => "(unreadable)",
            string text => text.Replace('\0', '␀'),
            _ => value,
        };
}
