using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator;

/// <summary>What migrations say of the tables that were there before them: renamed, dropped, how many rows may go.</summary>
internal sealed class RowChanges(IEnumerable<string> tables)
{
    private readonly Dictionary<string, string?> _names = tables.ToDictionary(
        table => table,
        string? (table) => table,
        StringComparer.OrdinalIgnoreCase
    );

    private readonly Dictionary<string, long> _announced = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a table is called now; <see langword="null"/> where it was dropped by an operation that says so.</summary>
    public string? NameOf(string table) => _names[table];

    /// <summary>How many rows of a table may be gone.</summary>
    public long Announced(string table) => _announced.GetValueOrDefault(table);

    public void Add(DatabaseSteps step)
    {
        foreach (var version in step.Versions)
        {
            var migration = ProgramMigrations.Of(step.Database)[version];
            AddAnnouncements(migration.Known.Type);
            foreach (var operation in migration.OperationsOf(step.IsReverting))
            {
                Add(operation);
            }
        }
    }

    private void AddAnnouncements(Type migration)
    {
        foreach (var attribute in migration.GetCustomAttributes<RemovesRowsAttribute>())
        {
            Announce(attribute.Table, attribute.AtMost);
        }
        if (migration.GetCustomAttribute<DestructiveMigrationAttribute>() is not null)
        {
            foreach (var table in _names.Keys)
            {
                Announce(table, long.MaxValue);
            }
        }
    }

    private void Add(MigrationOperation operation)
    {
        switch (operation)
        {
            case RenameTableOperation { NewName: { } name } rename:
                Rename(rename.Name, name);
                break;
            case DropTableOperation drop:
                Rename(drop.Name, null);
                break;
            case DeleteDataOperation delete:
                Announce(Original(delete.Table) ?? delete.Table, delete.KeyValues.GetLength(0));
                break;
        }
    }

    private void Rename(string table, string? name)
    {
        if (Original(table) is { } original)
        {
            _names[original] = name;
        }
    }

    private string? Original(string current) =>
        _names
            .Where(pair => string.Equals(pair.Value, current, StringComparison.OrdinalIgnoreCase))
            .Select(pair => pair.Key)
            .FirstOrDefault();

    private void Announce(string table, long rows) =>
        _announced[table] = rows == long.MaxValue ? rows : Math.Min(long.MaxValue - rows, Announced(table)) + rows;
}
