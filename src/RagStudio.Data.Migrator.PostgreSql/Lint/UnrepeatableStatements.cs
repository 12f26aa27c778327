using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>Foretells the statements that are executed after the commit and that nobody can repeat.</summary>
internal static class UnrepeatableStatements
{
    public static IReadOnlyList<MigrationFinding> Find(
        IPostgreSqlDatabase database,
        IReadOnlyList<string> pending,
        bool isReverting
    )
    {
        var known = database.Migrations.ToDictionary(one => one.Version, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. from version in pending
            let migration = known[version].Create(database.EFProvider)
            from operation in (isReverting ? migration.DownOperations : migration.UpOperations).OfType<SqlOperation>()
            from statement in Tokens.Split(operation.Sql).Select(OutsideStatement.Read)
            where statement.Kind == OutsideKind.Unrepeatable
            select new MigrationFinding(version, Describe(statement)),
        ];
    }

    private static PlanFinding Describe(OutsideStatement statement) =>
        new(
            PlanFindingKind.UnrepeatableStatement,
            Table: null,
            Column: null,
            Rows: 0,
            IsDestructive: false,
            $"executes a statement after the commit that nobody can repeat: a kill in it leaves {statement.LeftByKill}: {PostgreSqlText.Shorten(statement.Sql)}"
        )
        {
            Statement = statement.Sql,
        };
}
