using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Databases in SQLite files.</summary>
internal sealed class SqliteApplicationProvider : IApplicationProvider
{
    public string EFProvider => "Microsoft.EntityFrameworkCore.Sqlite";

    public string Title => "SQLite";

    public string AnnotationPrefix => "Sqlite:";

    public string Example => "Data Source=FILE";

    public bool HasKeyword(string keyword) => new SqliteConnectionStringBuilder().ContainsKey(keyword);

    public bool KeepsPassword(RelationalOptionsExtension options) => true;

    public void Use(DbContextOptionsBuilder builder, string connectionString) => builder.UseSqlite(connectionString);

    public ApplicationDatabase Locate(string connectionString, string folder, ContextType context)
    {
        var connection = DatabaseFile.Resolve(connectionString, folder, context);
        return new ApplicationDatabase(this, connection.ConnectionString, connection.DataSource);
    }

    public void Add<TContext>(ApplicationContext context, MigratorBuilder migrator)
        where TContext : DbContext =>
        migrator.AddSqliteDatabase<TContext>(
            context.Name,
            context.Database.ConnectionString,
            options =>
            {
                options.MigrationsAssembly = context.MigrationsAssembly;
                options.MigrationsHistoryTable =
                    RelationalOptionsExtension.Extract(context.Options).MigrationsHistoryTableName
                    ?? options.MigrationsHistoryTable;
                options.ConfigureContext = context.Configure;
                options.CreateContext = context.Create;
            }
        );
}
