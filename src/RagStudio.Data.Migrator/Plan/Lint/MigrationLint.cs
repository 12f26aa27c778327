using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Inspects the operations of migrations in order.</summary>
internal sealed class MigrationLint(IMigrationDatabase database, SchemaLint schema)
{
    private readonly StatementLint _statements = new(schema, database.Dialect.FitsRows);
    private readonly Lazy<HashSet<string>> _indexesOfEF = new(() => IndexesOfEF(database));

    public void Visit(string version, bool isReverting = false)
    {
        var migration = ProgramMigrations.For(database)[version];
        Visit(migration.Known, migration.OperationsOf(isReverting));
        if (!isReverting && !migration.Down.Exists)
        {
            schema.MissesDown();
        }
    }

    public void Visit(KnownMigration migration, IReadOnlyList<MigrationOperation> operations)
    {
        var rebuilds = database.Dialect.FindRebuilds(operations);
        schema.Begin(migration);
        foreach (var operation in operations)
        {
            Visit(operation);
            if (rebuilds.Contains(operation) && TableOf(operation) is { } table)
            {
                schema.Rebuild(table);
            }
        }
        schema.End(name => _indexesOfEF.Value.Contains(name));
    }

    /// <summary>
    /// An index that an operation creates is in EF's model, so EF recreates it on a copy of its table.
    /// </summary>
    private static HashSet<string> IndexesOfEF(IMigrationDatabase database) =>
        database
            .Migrations.SelectMany(known => ProgramMigrations.For(database)[known.Version].Up)
            .Select(operation =>
                operation switch
                {
                    CreateIndexOperation create => create.Name,
                    RenameIndexOperation rename => rename.NewName,
                    _ => null,
                }
            )
            .OfType<string>()
            .ToHashSet(database.Names);

    private PlannedTable? TableOf(MigrationOperation operation) =>
        operation is ITableMigrationOperation { Table: { } table } its
            ? schema.Find(database.NameOf(its.Schema, table))
            : null;

    private void Visit(MigrationOperation operation)
    {
        switch (operation)
        {
            case CreateTableOperation create:
                schema.CreateTable(database.NameOf(create.Schema, create.Name), mustBeNew: true);
                break;
            case DropTableOperation drop when schema.Find(database.NameOf(drop.Schema, drop.Name)) is { } dropped:
                schema.DropTable(dropped);
                break;
            case RenameTableOperation rename when RenamedTable.From(rename, database) is { } renamed:
                schema.RenameTable(renamed.Name, renamed.NewName);
                break;
            case DropIndexOperation index:
                schema.DropIndex(database.NameOf(index.Schema, index.Name));
                break;
            case SqlOperation sql:
                _statements.Visit(database.Dialect.ReadStatements(sql.Sql));
                break;
            case ITableMigrationOperation when TableOf(operation) is { } table:
                Visit(table, operation);
                break;
        }
    }

    private void Visit(PlannedTable table, MigrationOperation operation)
    {
        switch (operation)
        {
            case AddColumnOperation add:
                schema.AddColumn(table, add, database.Dialect.FitsRows(add));
                break;
            case AlterColumnOperation alter:
                schema.AlterColumn(table, alter, column => database.Dialect.FindUnfit(alter, column));
                break;
            case DropColumnOperation drop:
                schema.DropColumn(table, drop.Name);
                break;
            case RenameColumnOperation rename:
                table.Rename(rename.Name, rename.NewName);
                break;
            case AddUniqueConstraintOperation unique:
                schema.AddUnique(table, unique.Columns, unique.Name);
                break;
            case AddPrimaryKeyOperation key:
                schema.AddUnique(table, key.Columns, key.Name);
                break;
            case RenameIndexOperation index:
                table.RenameIndex(index.Name, index.NewName);
                break;
            case CreateIndexOperation index:
                schema.CreateIndex(table, index);
                break;
            case DeleteDataOperation delete:
                schema.Deletions.Delete(table, delete);
                table.IsChanged = true;
                break;
            case UpdateDataOperation or InsertDataOperation:
                schema.ChangeRows(table, allRows: false);
                break;
        }
    }
}
