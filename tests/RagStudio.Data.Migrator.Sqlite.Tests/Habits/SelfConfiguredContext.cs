using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Habits;

/// <summary>Configures its database's location itself, whatever options it receives.</summary>
public sealed class SelfConfiguredContext(DbContextOptions<SelfConfiguredContext> options) : DbContext(options)
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseSqlite("Data Source=self-configured.db");
}

[DbContext(typeof(SelfConfiguredContext))]
[Migration("20240101000000_Create")]
public sealed class CreateSelfConfigured : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE TABLE notes (id INTEGER PRIMARY KEY)");
}
