using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>
/// Finds what happens to triggers, and to views and triggers that mention a table, when the table is dropped
/// or rebuilt.
/// </summary>
internal sealed class MentionLint(PlannedSchema schema, CandidateFindings candidates)
{
    public void CreateTrigger(PlannedTable table, string trigger)
    {
        candidates.Withdraw(c => c.Kind == PlanFindingKind.LostTrigger && schema.IsSame(c.What, trigger));
        table.Triggers.Add(trigger);
    }

    public void DropTrigger(string trigger)
    {
        WithdrawBroken(PlanFindingKind.BrokenTrigger, trigger);
        schema.DropTrigger(trigger);
    }

    public void DropView(string view)
    {
        WithdrawBroken(PlanFindingKind.BrokenView, view);
        schema.DropView(view);
    }

    private void WithdrawBroken(PlanFindingKind kind, string name) =>
        candidates.Withdraw(c => c.Kind == kind && !c.IsRebuild && schema.IsSame(c.What, name));

    /// <summary>
    /// A trigger refers to its table's columns by <c>new.</c> and <c>old.</c>; the canonical definition has
    /// spaces in between.
    /// </summary>
    public void AddLostTriggers(PlannedTable table, bool isRebuild)
    {
        foreach (var trigger in table.Triggers)
        {
            var definition = schema.DefinitionOf(trigger) ?? "";
            var unfit = table.FindDropped(column =>
                WholeWord.IsIn(definition, $"new . {column}") || WholeWord.IsIn(definition, $"old . {column}")
            );
            candidates.Add(
                PlanFindingKind.LostTrigger,
                table,
                c => c with { What = trigger, IsRebuild = isRebuild, Unfit = unfit }
            );
        }
        table.Triggers.Clear();
    }

    public void AddLostIndexes(PlannedTable table, Func<string, bool> isOfEF)
    {
        foreach (var index in table.Indexes.Where(index => !isOfEF(index.Name!)))
        {
            var unfit = table.FindDropped(column =>
                index.Columns.Append(index.Filter ?? "").Any(text => WholeWord.IsIn(text, column))
            );
            candidates.Add(
                PlanFindingKind.LostIndex,
                table,
                c => c with { What = index.Name, IsRebuild = true, Unfit = unfit }
            );
        }
    }

    public void AddMentions(PlannedTable table, bool isRebuild)
    {
        foreach (var view in schema.ViewsOn(table))
        {
            candidates.Add(PlanFindingKind.BrokenView, table, c => c with { What = view, IsRebuild = isRebuild });
        }
        foreach (var trigger in schema.TriggersOn(table))
        {
            candidates.Add(PlanFindingKind.BrokenTrigger, table, c => c with { What = trigger, IsRebuild = isRebuild });
        }
    }
}
