using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>
/// Determines how many rows deletions remove, and how many others go with them because they refer to them. If
/// an earlier statement may have changed the rows by then, only running the migration gives the answer.
/// </summary>
/// <param name="schema">The tables.</param>
/// <param name="candidates">Collects the candidates.</param>
/// <param name="cascades">True if the database enforces foreign keys.</param>
internal sealed class DeletionLint(PlannedSchema schema, CandidateFindings candidates, bool cascades)
{
    private readonly HashSet<PlannedTable> _circular = [];
    private int _operations;

    /// <summary>Adds a statement that deletes all rows of a table.</summary>
    public void DeleteAll(PlannedTable table)
    {
        candidates.AddCounted(
            PlanFindingKind.StatementWithoutWhere,
            table,
            DataQueryKind.Rows,
            c => c with { What = "DELETE", IsLoss = true }
        );
        if (table.LiveName is { } live)
        {
            Cascade(table, new RowsToDelete(live, null));
            table.Deleted.Add(new RowsToDelete(live, null));
        }
    }

    /// <summary>Adds a statement that deletes the rows that match a condition.</summary>
    /// <param name="table">The table.</param>
    /// <param name="condition">The condition; <see langword="null"/> if it cannot be evaluated by itself.</param>
    public void DeleteWhere(PlannedTable table, string? condition)
    {
        if (table.LiveName is not { } live || table.Deleted.Any(rows => rows.Condition is null))
        {
            return;
        }
        if (condition is null || live != table.Name)
        {
            candidates.Add(PlanFindingKind.DeletedRows, table, c => c with { IsLoss = true, IsUncertain = true });
            return;
        }
        var rows = RowsToDelete.Where(live, condition);
        Add(table, rows.Without(table.Deleted), isUncertain: table.IsRewritten, from: null);
        Cascade(table, rows);
        table.Deleted.Add(rows);
    }

    /// <summary>Adds an operation that names its rows: they need no consent, but rows deleted with them do.</summary>
    public void Delete(PlannedTable table, DeleteDataOperation operation)
    {
        var columns = operation.KeyColumns.Select(table.Find).OfType<ColumnSchema>().Select(c => c.Name).ToArray();
        if (table.LiveName is not { } live || columns.Length < operation.KeyColumns.Length)
        {
            return;
        }
        var rows = RowsToDelete.WithKeys(live, columns, operation.KeyValues, $"k{_operations++}");
        Cascade(table, rows);
        table.Deleted.Add(rows);
    }

    private void Cascade(PlannedTable root, RowsToDelete rows)
    {
        if (!cascades)
        {
            return;
        }
        var found = new Dictionary<PlannedTable, RowsToDelete>();
        Collect(root, rows, [], found);
        foreach (var (table, deleted) in found)
        {
            IReadOnlyCollection<RowsToDelete> others = table == root ? [rows, .. table.Deleted] : table.Deleted;
            var isUncertain = root.IsRewritten || table.IsRewritten || _circular.Contains(table);
            Add(table, deleted.Without(others), isUncertain, root.Name);
        }
    }

    /// <summary>Collects every path from a row to those deleted with it. A table occurs once in each path.</summary>
    private void Collect(
        PlannedTable parent,
        RowsToDelete rows,
        IReadOnlyList<PlannedTable> path,
        Dictionary<PlannedTable, RowsToDelete> found
    )
    {
        var own = schema.ReferencesTo(parent).FirstOrDefault(r => r.Table == parent && Is(r.Key, "CASCADE"));
        var all = own is null ? rows : rows.WithDescendants(own.Key);
        if (own is not null)
        {
            Add(found, parent, all);
        }
        foreach (var (child, key) in schema.ReferencesTo(parent).Where(r => r.Table != parent))
        {
            var referring = all.Referring(child.LiveName!, key);
            if (!Is(key, "CASCADE"))
            {
                AddCleared(child, referring, key, parent);
                continue;
            }
            Add(found, child, referring);
            if (path.Contains(child))
            {
                // The tables refer to each other in a cycle: only running the migration shows how far that goes.
                _circular.Add(child);
            }
            else
            {
                Collect(child, referring, [.. path, parent], found);
            }
        }
    }

    private void AddCleared(PlannedTable child, RowsToDelete referring, ForeignKeySchema key, PlannedTable parent)
    {
        if (Is(key, "SET NULL") || Is(key, "SET DEFAULT"))
        {
            AddMatching(
                PlanFindingKind.ClearedReferences,
                child,
                referring.Without(child.Deleted),
                c => c with { Column = string.Join(", ", key.Columns), What = parent.Name }
            );
        }
    }

    private void Add(PlannedTable table, RowsToDelete rows, bool isUncertain, string? from)
    {
        if (isUncertain)
        {
            candidates.MarkUncertain();
        }
        AddMatching(
            PlanFindingKind.DeletedRows,
            table,
            rows,
            c => c with { What = from, IsLoss = true, IsUncertain = isUncertain }
        );
    }

    private void AddMatching(
        PlanFindingKind kind,
        PlannedTable table,
        RowsToDelete rows,
        Func<CandidateFinding, CandidateFinding> complete
    ) =>
        candidates.AddCounted(
            kind,
            table,
            DataQueryKind.Matching,
            c => complete(c) with { IsChangedBefore = table.IsRewritten, Query = c.Query! with { Deleted = rows } }
        );

    private static void Add(Dictionary<PlannedTable, RowsToDelete> found, PlannedTable table, RowsToDelete rows) =>
        found[table] = found.TryGetValue(table, out var others) ? others.Or(rows) : rows;

    private static bool Is(ForeignKeySchema key, string action) =>
        string.Equals(key.OnDelete, action, StringComparison.OrdinalIgnoreCase);
}
