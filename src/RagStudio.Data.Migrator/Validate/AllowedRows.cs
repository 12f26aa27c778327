using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>
/// The number of rows that a migration may remove from a table: those that it declares itself, and with
/// consent those that the plan named. Consent for one migration does not extend to another, nor to a table
/// that the plan did not name.
/// </summary>
internal sealed class AllowedRows(MigrationRun run, IReadOnlyList<DatabasePlan> steps)
{
    /// <summary>True if the rows were lost while a migration was reverted.</summary>
    public bool IsReverting(RowLoss loss) => StepOf(loss)?.IsReverting ?? false;

    public long CountFor(RowLoss loss)
    {
        if (StepOf(loss) is not { } step || loss.Version is not { } version)
        {
            return 0;
        }
        var migration = ProgramMigrations.For(step.Database)[version];
        var rows = Add(Announced(migration.Known, loss, step.Database.Names), ByOperations(step, migration, loss));
        // The plan does not count the rows that a Down removes: its author's declaration covers all of them.
        return !step.IsReverting ? Add(rows, Agreed(step.Database, version, loss))
            : migration.Known.DestructiveReason is not null ? long.MaxValue
            : rows;
    }

    private DatabasePlan? StepOf(RowLoss loss) => steps.FirstOrDefault(step => step.Database == loss.Database);

    private static long Announced(KnownMigration migration, RowLoss loss, StringComparer names) =>
        migration
            .RemovesRows.Where(attribute =>
                names.Equals(attribute.Table, loss.Original) || names.Equals(attribute.Table, loss.Table)
            )
            .Aggregate(0L, (sum, attribute) => Add(sum, attribute.AtMost));

    /// <summary>Consent to a rollback includes the tables that the Down drops, by operation or by SQL.</summary>
    private static long ByOperations(DatabasePlan step, ProgramMigration migration, RowLoss loss)
    {
        var names = new HashSet<string>(step.Database.Names) { loss.Table };
        var rows = 0L;
        foreach (var operation in migration.OperationsOf(step.IsReverting))
        {
            rows = operation switch
            {
                DropTableOperation drop when names.Contains(NameOf(drop.Schema, drop.Name)) => long.MaxValue,
                DeleteDataOperation delete when names.Contains(NameOf(delete.Schema, delete.Table)) => Add(
                    rows,
                    delete.KeyValues.GetLength(0)
                ),
                SqlOperation sql when step.IsReverting && Drops(step.Database.Dialect.ReadStatements(sql.Sql), names) =>
                    long.MaxValue,
                _ => rows,
            };
            if (
                operation is RenameTableOperation rename
                && RenamedTable.From(rename, step.Database) is { } renamed
                && names.Contains(renamed.Name)
            )
            {
                names.Add(renamed.NewName);
            }
        }
        return rows;

        string NameOf(string? schema, string table) => step.Database.NameOf(schema, table);
    }

    private static bool Drops(IReadOnlyList<SqlStatement> statements, HashSet<string> names) =>
        statements.Any(statement =>
            statement is { Kind: SqlStatementKind.DropTable, Table: { } table } && names.Contains(table)
        );

    private long Agreed(IMigrationDatabase database, string version, RowLoss loss)
    {
        if (run.Consents.ReasonFor(database, version, loss.Original) is not null)
        {
            return long.MaxValue;
        }
        var planned = run.Planned.SelectMany(database => database.Migrations).Where(m => m.Version == version);
        return planned
            .Where(migration => migration.HasConsent)
            .SelectMany(migration => migration.Named)
            .Where(named => database.Names.Equals(named.Table, loss.Original))
            .Aggregate(0L, (sum, named) => Add(sum, named.AtMost));
    }

    private static long Add(long rows, long more) => rows > long.MaxValue - more ? long.MaxValue : rows + more;
}
