using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Loss;

/// <summary>
/// A second application in the file of <see cref="ByHandContext"/>, whose only migration is supplied by a
/// test.
/// </summary>
public sealed class NeighbourContext(DbContextOptions options) : DbContext(options)
{
    public static Action<MigrationBuilder> Change { get; set; } = _ => { };

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseSqlite(sqlite => sqlite.MigrationsHistoryTable("__neighbour"));
}

[DbContext(typeof(NeighbourContext)), Migration(Version)]
public sealed class NeighbourChange : Migration
{
    public const string Version = "20240202000000_Neighbour";

    protected override void Up(MigrationBuilder migrationBuilder) => NeighbourContext.Change(migrationBuilder);
}
