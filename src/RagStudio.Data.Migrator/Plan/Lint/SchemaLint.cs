using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>
/// Follows the operations of a storage's pending migrations in order, and determines what must be known about
/// each. It tracks what they create, rename and drop, so the live data is queried under its present names,
/// and nothing is queried that does not exist yet.
/// </summary>
internal sealed class SchemaLint
{
    private readonly PlannedSchema _schema;
    private readonly HashSet<PlannedTable> _rebuilt = [];

    /// <param name="live">The present schema.</param>
    /// <param name="cascades">True if the database enforces foreign keys.</param>
    /// <param name="nameBeside">Returns the name of an index by its table; <see langword="null"/> if all share one schema.</param>
    public SchemaLint(DatabaseSchema live, bool cascades = true, Func<string, string, string>? nameBeside = null)
    {
        _schema = new PlannedSchema(live, nameBeside ?? ((_, name) => name));
        Deletions = new DeletionLint(_schema, Candidates, cascades);
        Mentions = new MentionLint(_schema, Candidates);
    }

    public CandidateFindings Candidates { get; } = new();

    public DeletionLint Deletions { get; }

    public MentionLint Mentions { get; }

    public void Begin(KnownMigration migration)
    {
        Candidates.Begin(migration);
        _schema.Begin();
    }

    public PlannedTable? Find(string table) => _schema.Find(table);

    public void MissesDown() => Candidates.Add(PlanFindingKind.MissingDown, null);

    /// <param name="table">The table.</param>
    /// <param name="isTemporary">True if it hides one of the same name.</param>
    /// <param name="mustBeNew">True if it fails for an existing table; a statement may say IF NOT EXISTS.</param>
    public void CreateTable(string table, bool isTemporary = false, bool mustBeNew = false)
    {
        if (mustBeNew && _schema.FindLasting(table) is { } taken)
        {
            Candidates.Add(PlanFindingKind.NameTaken, taken, c => c with { IsNew = true });
        }
        else if (mustBeNew && _schema.HasView(table))
        {
            Candidates.Add(
                PlanFindingKind.NameTaken,
                null,
                c => c with { Table = table, IsNew = true, IsOfView = true }
            );
        }
        _schema.Create(table, isTemporary);
    }

    public void CreateView(string view, bool mustBeNew)
    {
        if (mustBeNew && (_schema.FindLasting(view) is not null || _schema.HasView(view)))
        {
            Candidates.Add(PlanFindingKind.NameTaken, null, c => c with { What = view, IsNew = true, IsOfView = true });
        }
        _schema.CreateView(view);
    }

    public void CreateIndex(PlannedTable table, CreateIndexOperation index)
    {
        CreateIndex(table, index.Name, mustBeNew: true);
        if (index.IsUnique)
        {
            AddUnique(table, index.Columns, index.Name, index.Filter);
        }
    }

    public void CreateIndex(PlannedTable table, string name, bool mustBeNew)
    {
        // An index of a temporary table is temporary too, and cannot collide with the others.
        if (table.IsTemporary)
        {
            return;
        }
        // Tables, views and indexes share a namespace.
        var place = _schema.NameOfIndex(table, name);
        if (mustBeNew && (_schema.HasIndex(place) || _schema.HasView(place) || _schema.FindLasting(place) is not null))
        {
            Candidates.Add(PlanFindingKind.NameTaken, table, c => c with { What = name, IsNew = true });
        }
        table.AddIndex(name);
    }

    /// <param name="index">The index, by its name among all schemas.</param>
    public void DropIndex(string index) => _schema.DropIndex(index);

    public void DropTable(PlannedTable table)
    {
        Candidates.AddCounted(PlanFindingKind.DroppedTable, table, DataQueryKind.Rows, c => c with { IsLoss = true });
        Mentions.AddMentions(table, isRebuild: false);
        _schema.Drop(table);
        _rebuilt.Remove(table);
        Replace();
    }

    public void RenameTable(string table, string newName)
    {
        if (Find(table) is { } renamed && (Find(newName) is not null || _schema.HasView(newName)))
        {
            Candidates.Add(PlanFindingKind.NameTaken, renamed, c => c with { What = newName });
            return;
        }
        _schema.Rename(table, newName);
        Replace();
    }

    /// <summary>Adds a statement that fills a table with rows of others.</summary>
    public void CopyRows(IEnumerable<string> sources, string target)
    {
        if (Find(target) is not { } filled)
        {
            return;
        }
        filled.IsChanged = filled.IsRewritten = true;
        if (_schema.Copy(sources, filled))
        {
            WithdrawLoss(filled, PlanFindingKind.StatementWithoutWhere);
            filled.Deleted.Clear();
        }
        Replace();
    }

    private void Replace()
    {
        if (_schema.PopReplaced() is { } replaced)
        {
            WithdrawLoss(replaced, PlanFindingKind.DroppedTable);
            Mentions.AddLostTriggers(replaced, isRebuild: false);
        }
    }

    /// <summary>
    /// The rows were copied before they were deleted: only running the migration shows if all of them were.
    /// </summary>
    private void WithdrawLoss(PlannedTable table, PlanFindingKind loss)
    {
        Candidates.Withdraw(candidate => candidate.Kind == loss && candidate.Query?.Table == table.LiveName);
        Candidates.MarkUncertain();
    }

    public void AddColumn(PlannedTable table, AddColumnOperation add, bool fitsRows)
    {
        if (table.Find(add.Name) is not null)
        {
            Candidates.Add(PlanFindingKind.NameTaken, table, c => c with { Column = add.Name, IsNew = true });
        }
        if (!fitsRows)
        {
            Candidates.AddCounted(
                PlanFindingKind.DefaultNotConstant,
                table,
                DataQueryKind.Rows,
                c => c with { Column = add.Name, IsNew = true }
            );
        }
        var hasValue = add.DefaultValue is not null || add.DefaultValueSql is not null;
        if (!hasValue && !add.IsNullable && add.ComputedColumnSql is null)
        {
            Candidates.AddCounted(
                PlanFindingKind.NotNullWithoutDefault,
                table,
                DataQueryKind.Rows,
                c => c with { Column = add.Name, IsNew = true }
            );
        }
        table.Add(add.Name, isFilled: hasValue);
    }

    public void AlterColumn(PlannedTable table, AlterColumnOperation alter, Func<ColumnSchema, UnfitValues?> findUnfit)
    {
        if (table.Find(alter.Name) is not { IsComputed: false } column)
        {
            return;
        }
        // EF fills the existing NULLs only with a default value, not with default SQL.
        if (!alter.IsNullable && column.IsNullable && alter.DefaultValue is null)
        {
            Candidates.AddCounted(
                PlanFindingKind.NotNullWithoutDefault,
                table,
                DataQueryKind.Nulls,
                c => c with { Column = alter.Name },
                column.Name
            );
        }
        if (findUnfit(column) is { } unfit)
        {
            Candidates.AddCounted(
                PlanFindingKind.NarrowingChange,
                table,
                DataQueryKind.Matching,
                c =>
                    c with
                    {
                        Column = alter.Name,
                        IsLoss = unfit.AreLost,
                        Query = c.Query! with { Condition = unfit.Condition },
                    }
            );
        }
    }

    public void DropColumn(PlannedTable table, string name)
    {
        if (table.Find(name) is { IsComputed: false } column)
        {
            Candidates.AddCounted(
                PlanFindingKind.DroppedColumn,
                table,
                DataQueryKind.Values,
                c => c with { Column = name, IsLoss = true },
                column.Name
            );
        }
        table.Drop(name);
    }

    /// <summary>
    /// Checks a unique index. A new column is either NULL in every row, so no two rows are equal, or has the
    /// same value in all of them, so the other columns decide. Values that a statement writes into it are
    /// unknown.
    /// </summary>
    public void AddUnique(PlannedTable table, string[] columns, string name, string? filter = null)
    {
        var known = columns.Select(table.Find).OfType<ColumnSchema>().Select(column => column.Name).ToArray();
        var isAnswerable =
            known.Length == columns.Length
            || (!table.IsChanged && columns.All(c => table.Find(c) is not null || table.IsFilled(c)));
        if (isAnswerable)
        {
            Candidates.AddCounted(
                PlanFindingKind.UniqueViolation,
                table,
                DataQueryKind.Duplicates,
                c =>
                    c with
                    {
                        Column = string.Join(", ", columns),
                        What = name,
                        Query = c.Query! with { Condition = filter },
                    },
                known
            );
        }
    }

    /// <summary>Adds a statement that changes all or some rows of a table.</summary>
    public void ChangeRows(PlannedTable table, bool allRows)
    {
        if (allRows)
        {
            Candidates.AddCounted(
                PlanFindingKind.StatementWithoutWhere,
                table,
                DataQueryKind.Rows,
                c => c with { What = "UPDATE" }
            );
        }
        table.IsChanged = table.IsRewritten = true;
    }

    /// <summary>The table is copied after all other operations of its migration.</summary>
    public void Rebuild(PlannedTable table) => _rebuilt.Add(table);

    /// <param name="isOfEF">Returns true if EF recreates an index itself.</param>
    public void End(Func<string, bool> isOfEF)
    {
        foreach (var table in _rebuilt)
        {
            Mentions.AddLostTriggers(table, isRebuild: true);
            Mentions.AddLostIndexes(table, isOfEF);
            Mentions.AddMentions(table, isRebuild: true);
        }
        _rebuilt.Clear();
    }
}
