using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>Creates commands from SQL as EF's generator does.</summary>
internal sealed class RawCommands(DbContext context)
{
    private readonly IRawSqlCommandBuilder _builder = context.GetService<IRawSqlCommandBuilder>();
    private readonly IRelationalCommandDiagnosticsLogger _log =
        context.GetService<IRelationalCommandDiagnosticsLogger>();

    public MigrationCommand Build(string sql, bool suppressTransaction = false) =>
        new(_builder.Build(sql), context, _log, suppressTransaction);
}
