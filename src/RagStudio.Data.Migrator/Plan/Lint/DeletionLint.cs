using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>
/// Asks how many rows deletions take, and how many go with them because they refer to them. What an earlier statement may have changed by then is not certain:
/// only running the migration tells.
/// </summary>
/// <param name="schema">The tables.</param>
/// <param name="questions">Takes the questions.</param>
/// <param name="cascades">Whether the database acts on foreign keys.</param>
internal sealed class DeletionLint(PlannedSchema schema, PlanQuestions questions, bool cascades)
{
    private readonly HashSet<PlannedTable> _circular = [];
    private int _operations;

    /// <summary>A statement that deletes all rows of a table.</summary>
    public void DeleteAll(PlannedTable table)
    {
        questions.AskEvidence(
            PlanFindingKind.StatementWithoutWhere,
            table,
            EvidenceKind.Rows,
            q => q with { What = "DELETE", IsLoss = true }
        );
        if (table.LiveName is { } live)
        {
            Cascade(table, new DoomedRows(live, null));
            table.Deleted.Add(new DoomedRows(live, null));
        }
    }

    /// <summary>A statement that deletes the rows that a condition chooses.</summary>
    /// <param name="table">The table.</param>
    /// <param name="condition">The condition; <see langword="null"/> where it cannot be asked by itself.</param>
    public void DeleteWhere(PlannedTable table, string? condition)
    {
        if (table.LiveName is not { } live || table.Deleted.Any(rows => rows.Condition is null))
        {
            return;
        }
        if (condition is null || live != table.Name)
        {
            questions.Ask(PlanFindingKind.DeletedRows, table, q => q with { IsLoss = true, IsUncertain = true });
            return;
        }
        var rows = DoomedRows.Where(live, condition);
        Ask(table, rows.Without(table.Deleted), isUncertain: table.IsRewritten, from: null);
        Cascade(table, rows);
        table.Deleted.Add(rows);
    }

    /// <summary>An operation that names the rows: they need no consent, but what goes with them does.</summary>
    public void Delete(PlannedTable table, DeleteDataOperation operation)
    {
        var columns = operation.KeyColumns.Select(table.Find).OfType<ColumnSchema>().Select(c => c.Name).ToArray();
        if (table.LiveName is not { } live || columns.Length < operation.KeyColumns.Length)
        {
            return;
        }
        var rows = DoomedRows.WithKeys(live, columns, operation.KeyValues, $"k{_operations++}");
        Cascade(table, rows);
        table.Deleted.Add(rows);
    }

    private void Cascade(PlannedTable root, DoomedRows rows)
    {
        if (!cascades)
        {
            return;
        }
        var found = new Dictionary<PlannedTable, DoomedRows>();
        Collect(root, rows, [], found);
        foreach (var (table, doomed) in found)
        {
            IReadOnlyCollection<DoomedRows> others = table == root ? [rows, .. table.Deleted] : table.Deleted;
            var isUncertain = root.IsRewritten || table.IsRewritten || _circular.Contains(table);
            Ask(table, doomed.Without(others), isUncertain, root.Name);
        }
    }

    /// <summary>Every way from a row to those that go with it; a table comes once in each.</summary>
    private void Collect(
        PlannedTable parent,
        DoomedRows rows,
        IReadOnlyList<PlannedTable> path,
        Dictionary<PlannedTable, DoomedRows> found
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
                AskCleared(child, referring, key, parent);
            }
            else if (path.Contains(child))
            {
                // Tables that refer to each other: how far that goes on, only running it tells.
                Add(found, child, referring);
                _circular.Add(child);
            }
            else
            {
                Add(found, child, referring);
                Collect(child, referring, [.. path, parent], found);
            }
        }
    }

    private void AskCleared(PlannedTable child, DoomedRows referring, ForeignKeySchema key, PlannedTable parent)
    {
        if (Is(key, "SET NULL") || Is(key, "SET DEFAULT"))
        {
            AskMatching(
                PlanFindingKind.ClearedReferences,
                child,
                referring.Without(child.Deleted),
                q => q with { Column = string.Join(", ", key.Columns), What = parent.Name }
            );
        }
    }

    private void Ask(PlannedTable table, DoomedRows rows, bool isUncertain, string? from)
    {
        if (isUncertain)
        {
            questions.Doubt();
        }
        AskMatching(
            PlanFindingKind.DeletedRows,
            table,
            rows,
            q => q with { What = from, IsLoss = true, IsUncertain = isUncertain }
        );
    }

    private void AskMatching(
        PlanFindingKind kind,
        PlannedTable table,
        DoomedRows rows,
        Func<PlanQuestion, PlanQuestion> complete
    ) =>
        questions.AskEvidence(
            kind,
            table,
            EvidenceKind.Matching,
            q => complete(q) with { IsChangedBefore = table.IsRewritten, Evidence = q.Evidence! with { Doomed = rows } }
        );

    private static void Add(Dictionary<PlannedTable, DoomedRows> found, PlannedTable table, DoomedRows rows) =>
        found[table] = found.TryGetValue(table, out var others) ? others.Or(rows) : rows;

    private static bool Is(ForeignKeySchema key, string action) =>
        string.Equals(key.OnDelete, action, StringComparison.OrdinalIgnoreCase);
}
