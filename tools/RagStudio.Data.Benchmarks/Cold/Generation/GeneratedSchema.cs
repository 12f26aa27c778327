using System.Globalization;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Makes one migration after another, as an application that grows has them: of ten, two create a table, four add a column, two an index,
/// one changes rows by raw SQL and one alters a column, for which SQLite needs the table built anew.
/// </summary>
internal sealed class GeneratedSchema
{
    private static readonly DateTime First = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly List<GeneratedTable> _tables = [];
    private int _number;

    public IReadOnlyList<GeneratedTable> Tables => _tables;

    private GeneratedTable Newest => _tables[^1];

    /// <summary>A table that has been there for a while.</summary>
    private GeneratedTable Older => _tables[_number * 7 % _tables.Count];

    public GeneratedMigration Next()
    {
        var (name, up, down) = (_number % 10) switch
        {
            0 or 4 => CreateTable(),
            3 or 8 => CreateIndex(),
            5 => ChangeRows(),
            7 => AlterColumn(),
            _ => AddColumn(),
        };
        var id = string.Create(
            CultureInfo.InvariantCulture,
            $"{First.AddHours(_number):yyyyMMddHHmmss}_{name}{_number:000}"
        );
        _number++;
        return new GeneratedMigration(id, up, down, ModelSource.Of(_tables, withClasses: false));
    }

    private (string, string, string) CreateTable()
    {
        var parent = _tables.Count > 0 ? Older : null;
        _tables.Add(new GeneratedTable(_tables.Count, parent));
        if (parent is not null)
        {
            Newest.Indexes.Add("ParentId");
        }
        return ("CreateItems", OperationSource.CreateTable(Newest), OperationSource.DropTable(Newest));
    }

    private (string, string, string) AddColumn()
    {
        var (table, added) = (Older, string.Create(CultureInfo.InvariantCulture, $"Added{_number:000}"));
        var column = (_number % 3) switch
        {
            0 => new GeneratedColumn(added, "int", Required: true, Default: "0"),
            1 => new GeneratedColumn(added, "string", Required: false),
            _ => new GeneratedColumn(added, "double", Required: false),
        };
        table.Columns.Add(column);
        return ("Add", OperationSource.AddColumn(table, column), OperationSource.DropColumn(table, column));
    }

    private (string, string, string) CreateIndex()
    {
        var table = _tables.LastOrDefault(table => !table.Indexes.Contains("CreatedAt")) ?? Newest;
        var column = table
            .Columns.First(column => !table.Indexes.Contains(column.Name) && column.Name != "Content")
            .Name;
        if (!table.Indexes.Contains("CreatedAt"))
        {
            column = "CreatedAt";
        }
        table.Indexes.Add(column);
        return ("Index", OperationSource.CreateIndex(table, column), OperationSource.DropIndex(table, column));
    }

    private (string, string, string) ChangeRows() =>
        (
            "Trim",
            OperationSource.Sql($"UPDATE {Older.Name} SET Name = trim(Name) WHERE Name <> trim(Name)"),
            "" // What the text was before is gone.
        );

    /// <summary>Text that may be missing becomes required.</summary>
    private (string, string, string) AlterColumn()
    {
        var table = _tables.LastOrDefault(HasOptionalText) ?? Newest;
        var index = table.Columns.FindIndex(IsOptionalText);
        var (old, altered) = (table.Columns[index], table.Columns[index] with { Required = true, Default = "\"\"" });
        table.Columns[index] = altered;
        return (
            "Require",
            OperationSource.AlterColumn(table, old, altered),
            OperationSource.AlterColumn(table, altered, old)
        );
    }

    private static bool HasOptionalText(GeneratedTable table) => table.Columns.Exists(IsOptionalText);

    private static bool IsOptionalText(GeneratedColumn column) => column is { ClrType: "string", Required: false };
}
