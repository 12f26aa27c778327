namespace RagStudio.Data.Migrator;

/// <summary>A table that a rebuild of EF alone has left behind.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Table">The table that was rebuilt.</param>
/// <param name="Rows">The number of rows in it.</param>
/// <param name="IsOnlyCopy">True if the rebuilt table does not exist: its rows are only here.</param>
/// <param name="IsDropped">True if it is dropped, as <see cref="AdoptOptions.Leftovers"/> says.</param>
public sealed record LeftoverTable(string Name, string Table, long Rows, bool IsOnlyCopy, bool IsDropped);
