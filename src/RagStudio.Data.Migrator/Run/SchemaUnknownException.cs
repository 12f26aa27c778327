namespace RagStudio.Data.Migrator.Run;

/// <summary>That the schema which a database should have cannot be told, which the validation turns into a warning.</summary>
internal sealed class SchemaUnknownException(string reason, Exception? cause = null) : Exception(reason, cause);
