namespace RagStudio.Data.Migrator.PostgreSql.BackUp;

/// <summary>One of PostgreSQL's programs failed; the message is its own.</summary>
internal sealed class DumpProcessException(string message, Exception? cause = null) : Exception(message, cause);
