using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>A table in a diagram.</summary>
/// <param name="Table">The table.</param>
/// <param name="X">Its left edge.</param>
/// <param name="Y">Its upper edge.</param>
/// <param name="Width">Its width.</param>
internal sealed record DiagramBox(TableSchema Table, int X, int Y, int Width)
{
    public const int HeadHeight = 30;
    public const int RowHeight = 20;
    public const int Padding = 6;

    private const int CharacterWidth = 7;
    private const int MaxCharacters = 36;
    private const int Marks = 62;
    private const int LeastWidth = 150;

    public int Right => X + Width;

    public int Height => HeightOf(Table);

    public int Bottom => Y + Height;

    /// <summary>
    /// The middle of the line of a key's first column; the middle of the heading if the key has no columns,
    /// or one that does not exist.
    /// </summary>
    public int MiddleOf(IReadOnlyList<string> key) => key.Count == 0 ? MiddleOf("") : MiddleOf(key[0]);

    /// <summary>The middle of a column's line; the middle of the heading if there is no such column.</summary>
    public int MiddleOf(string column)
    {
        var index = Table
            .Columns.Select((one, i) => (one.Name, i))
            .Where(one => string.Equals(one.Name, column, StringComparison.OrdinalIgnoreCase))
            .Select(one => one.i)
            .DefaultIfEmpty(-1)
            .First();
        return index < 0 ? Y + HeadHeight / 2 : Y + HeadHeight + Padding + index * RowHeight + RowHeight / 2;
    }

    public static int HeightOf(TableSchema table) => HeadHeight + 2 * Padding + table.Columns.Count * RowHeight;

    public static int WidthOf(TableSchema table)
    {
        var longest = table.Columns.Select(column => TextOf(column).Length + 1).DefaultIfEmpty(0).Max();
        var head = Shortened(table.Name).Length * 8 + 24;
        return Math.Max(Math.Max(LeastWidth, head), longest * CharacterWidth + Marks + 14);
    }

    /// <summary>A column's name and type, as shown.</summary>
    public static string TextOf(ColumnSchema column) => Shortened(column.Name) + " " + TypeOf(column);

    public static string TypeOf(ColumnSchema column) =>
        Shortened(column.Type, 16) + (column.IsNullable && column.PrimaryKeyOrder == 0 ? "?" : "");

    public static string Shortened(string text, int most = MaxCharacters) =>
        text.Length <= most ? text : text[..(most - 1)] + "…";
}
