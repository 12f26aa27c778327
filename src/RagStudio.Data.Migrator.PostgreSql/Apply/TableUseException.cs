namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>Others use a table for so long that it is not worth asking for its lock: everybody would wait behind the wait.</summary>
internal sealed class TableUseException(string message) : Exception(message);
