namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>An index or a trigger as defined in the database.</summary>
/// <param name="Kind"><c>index</c> or <c>trigger</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Sql">The statement that created it.</param>
internal sealed record LostObject(string Kind, string Name, string Sql);
