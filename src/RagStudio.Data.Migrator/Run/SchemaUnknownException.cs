namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// Thrown when a database's expected schema cannot be determined; the validation turns it into a warning.
/// </summary>
internal sealed class SchemaUnknownException(string reason, Exception? cause = null) : Exception(reason, cause);
