using System.Data.Common;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>A statement of a run failed: what the server says, and what to do.</summary>
internal sealed class ServerStatementException(string message, DbException cause) : DbException(message, cause)
{
    public override string? SqlState { get; } = cause.SqlState;

    public override bool IsTransient { get; } = cause.IsTransient;
}
