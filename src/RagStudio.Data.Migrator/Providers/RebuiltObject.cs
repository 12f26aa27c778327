namespace RagStudio.Data.Migrator.Providers;

/// <summary>An index or a trigger that EF's copy of its table did not have.</summary>
/// <param name="Kind"><c>index</c> or <c>trigger</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Table">Its table.</param>
/// <param name="Unfit">Why it does not fit the table any more; <see langword="null"/> where it was created again.</param>
public sealed record RebuiltObject(string Kind, string Name, string Table, string? Unfit);
