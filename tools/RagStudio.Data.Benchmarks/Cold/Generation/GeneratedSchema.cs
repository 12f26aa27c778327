using System.Globalization;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Generates one migration after another, as in a growing application: each adds the table of another
/// feature, with an index and a reference to an older table. Six of ten also change something older: two add
/// a column, one an index, one renames a column, one changes rows by raw SQL and one alters a column, for
/// which SQLite needs to rebuild the table.
/// </summary>
/// <remarks>
/// Each migration adds a table, because the targets were set with programs for which EF needed four times as
/// long for 100 migrations as for 10, and sixteen times as long again for 500. That growth is the number of
/// migrations times the number of tables in their models; with two tables in ten migrations, EF's time hardly
/// doubles from 10 to 100.
/// </remarks>
/// <param name="engine">The engine that they are for.</param>
/// <param name="models">Returns the statements of a target model.</param>
/// <param name="migrationsPerTable">
/// One for an application of features that grow; four for one that mostly changes what it has, by two rebuilds in ten
/// migrations, as the largest real one that was examined.
/// </param>
internal sealed class GeneratedSchema(
    Engine engine,
    Func<IReadOnlyList<GeneratedTable>, string> models,
    int migrationsPerTable = 1
)
{
    private static readonly DateTime First = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly List<GeneratedTable> _tables = [];
    private int _number;

    public IReadOnlyList<GeneratedTable> Tables => _tables;

    private GeneratedTable Newest => _tables[^1];

    /// <summary>A table that has existed for a while.</summary>
    private GeneratedTable Older => _tables[(_tables.Count - 1) / 2];

    public GeneratedMigration Next()
    {
        List<(string Name, string Up, string Down)> parts = [.. CreateTables(), .. ChangeOlder()];
        var id = string.Create(
            CultureInfo.InvariantCulture,
            $"{First.AddHours(_number):yyyyMMddHHmmss}_{parts[^1].Name}{_number:000}"
        );
        _number++;
        return new GeneratedMigration(
            id,
            string.Join("\n", parts.Select(part => part.Up)),
            string.Join("\n", parts.Select(part => part.Down).Reverse()),
            models(_tables)
        );
    }

    private IEnumerable<(string, string, string)> CreateTables() =>
        _number % migrationsPerTable == 0 ? [CreateTable()] : [];

    private IEnumerable<(string, string, string)> ChangeOlder() =>
        (_number % 10) switch
        {
            _ when _number % migrationsPerTable == 0 && migrationsPerTable > 1 => [],
            1 or 5 => [AddColumn()],
            3 => [CreateIndex()],
            4 => [RenameColumn()],
            6 => [ChangeRows()],
            9 => [AlterColumn()],
            2 or 7 when migrationsPerTable > 1 => [AlterColumn()],
            _ when migrationsPerTable > 1 => [AddColumn()],
            _ => [],
        };

    private (string, string, string) CreateTable()
    {
        var parent = _tables.Count > 0 ? Older : null;
        _tables.Add(new GeneratedTable(engine, _tables.Count, parent));
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
        var table = Older;
        var column = table.Columns.First(column => !table.Indexes.Contains(column.Name)).Name;
        table.Indexes.Add(column);
        return ("Index", OperationSource.CreateIndex(table, column), OperationSource.DropIndex(table, column));
    }

    private (string, string, string) RenameColumn()
    {
        var table = Older;
        var index = table.Columns.FindLastIndex(column => !table.Indexes.Contains(column.Name));
        var old = table.Columns[index].Name;
        var renamed = string.Create(CultureInfo.InvariantCulture, $"Renamed{_number:000}");
        table.Columns[index] = table.Columns[index] with { Name = renamed };
        return (
            "Rename",
            OperationSource.RenameColumn(table, old, renamed),
            OperationSource.RenameColumn(table, renamed, old)
        );
    }

    private (string, string, string) ChangeRows() =>
        (
            "Trim",
            OperationSource.Sql($"""UPDATE {Older.Name} SET "Name" = trim("Name") WHERE "Name" <> trim("Name")"""),
            "" // What the text was before is gone.
        );

    /// <summary>Makes optional text required, or, where there is none left, required text optional.</summary>
    private (string, string, string) AlterColumn()
    {
        var table = Older;
        var old =
            table.Columns.Find(column => column is { ClrType: "string", Required: false })
            ?? table.Columns.Find(column => column.ClrType == "string")!;
        var altered = old with { Required = !old.Required, Default = old.Required ? null : "\"\"" };
        table.Columns[table.Columns.IndexOf(old)] = altered;
        return (
            "Require",
            OperationSource.AlterColumn(table, old, altered),
            OperationSource.AlterColumn(table, altered, old)
        );
    }
}
