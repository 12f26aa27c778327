using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Inspects the statements of a migration's own SQL.</summary>
internal sealed class StatementLint(SchemaLint schema, Func<AddColumnOperation, bool> fitsRows)
{
    public void Visit(IEnumerable<SqlStatement> statements)
    {
        foreach (var statement in statements)
        {
            if (statement.Table is { } name)
            {
                Visit(statement, name);
            }
            else if (statement is { Kind: SqlStatementKind.DropTrigger, Name: { } trigger })
            {
                schema.Mentions.DropTrigger(trigger);
            }
            else if (statement is { Kind: SqlStatementKind.DropIndex, Name: { } index })
            {
                schema.DropIndex(index);
            }
        }
    }

    private void Visit(SqlStatement statement, string name)
    {
        switch (statement)
        {
            case { Kind: SqlStatementKind.CreateTable }:
                schema.CreateTable(name, statement.IsTemporary, statement.MustBeNew);
                schema.CopyRows(statement.Sources, name);
                break;
            case { Kind: SqlStatementKind.CopyRows, Name: { } target }:
                schema.CopyRows(statement.Sources.Append(name), target);
                break;
            case { Kind: SqlStatementKind.RenameTable, Name: { } newName }:
                schema.RenameTable(name, newName);
                break;
            case { Kind: SqlStatementKind.CreateView }:
                schema.CreateView(name, statement.MustBeNew);
                break;
            case { Kind: SqlStatementKind.DropView }:
                schema.Mentions.DropView(name);
                break;
            default:
                if (schema.Find(name) is { } table)
                {
                    Visit(table, statement);
                }
                break;
        }
    }

    private void Visit(PlannedTable table, SqlStatement statement)
    {
        switch (statement)
        {
            case { Kind: SqlStatementKind.Update }:
                schema.ChangeRows(table, allRows: !statement.HasWhere);
                break;
            case { Kind: SqlStatementKind.Delete, HasWhere: false }:
                schema.Deletions.DeleteAll(table);
                table.IsChanged = true;
                break;
            case { Kind: SqlStatementKind.Delete }:
                schema.Deletions.DeleteWhere(table, statement.Condition);
                table.IsChanged = true;
                break;
            case { Kind: SqlStatementKind.DropTable }:
                schema.DropTable(table);
                break;
            case { Kind: SqlStatementKind.AddColumn, NewColumn: { } add }:
                schema.AddColumn(table, add, fitsRows(add));
                break;
            case { Kind: SqlStatementKind.AddColumn, Name: { } column }:
                table.Add(column, isFilled: false);
                break;
            case { Kind: SqlStatementKind.DropColumn, Name: { } column }:
                schema.DropColumn(table, column);
                break;
            case { Kind: SqlStatementKind.RenameColumn, Name: { } column, NewName: { } newName }:
                table.Rename(column, newName);
                break;
            case { Kind: SqlStatementKind.CreateTrigger, Name: { } trigger }:
                schema.Mentions.CreateTrigger(table, trigger);
                break;
            case { Kind: SqlStatementKind.CreateIndex, Name: { } index }:
                schema.CreateIndex(table, index, statement.MustBeNew);
                break;
        }
    }
}
