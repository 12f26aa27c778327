namespace RagStudio.Data.Migrator.Providers;

/// <summary>An index or a trigger that was lost when EF copied its table.</summary>
/// <param name="Kind"><c>index</c> or <c>trigger</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Table">Its table.</param>
/// <param name="Unfit">The reason why it no longer fits the table; <see langword="null"/> if it was recreated.</param>
public sealed record RebuiltObject(string Kind, string Name, string Table, string? Unfit);
