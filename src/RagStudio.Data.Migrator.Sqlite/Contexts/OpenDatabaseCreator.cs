using System.Data;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data.Migrator.Sqlite.Contexts;

/// <summary>
/// Reports an open database as existing without a check. EF's check opens a second connection, where an
/// interceptor's pragmas would conflict with the migrator's exclusive lock.
/// </summary>
[SuppressMessage(
    "Usage",
    "EF1001:Internal EF Core API usage.",
    Justification = "EF has no other class to derive it from. Its minor version is fixed, and tests would tell."
)]
internal sealed class OpenDatabaseCreator(
    RelationalDatabaseCreatorDependencies dependencies,
    ISqliteRelationalConnection connection,
    IRawSqlCommandBuilder commands
) : SqliteDatabaseCreator(dependencies, connection, commands)
{
    public override bool Exists() => IsOpen || base.Exists();

    public override Task<bool> ExistsAsync(CancellationToken cancellationToken = default) =>
        IsOpen ? Task.FromResult(true) : base.ExistsAsync(cancellationToken);

    private bool IsOpen => Dependencies.Connection.DbConnection.State == ConnectionState.Open;
}
