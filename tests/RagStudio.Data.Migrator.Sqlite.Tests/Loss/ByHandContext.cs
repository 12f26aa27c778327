using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Loss;

/// <summary>An application with migrations supplied by a test: one that creates, and two that change.</summary>
public sealed class ByHandContext(DbContextOptions options) : DbContext(options)
{
    public static Action<MigrationBuilder> Create { get; set; } = _ => { };

    public static Action<MigrationBuilder> Change { get; set; } = _ => { };

    public static Action<MigrationBuilder> Follow { get; set; } = _ => { };

    public static Action<MigrationBuilder> ChangeBack { get; set; } = _ => { };
}

[DbContext(typeof(ByHandContext)), Migration(Version)]
public sealed class ByHandCreate : Migration
{
    public const string Version = "20240101000000_Create";

    protected override void Up(MigrationBuilder migrationBuilder) => ByHandContext.Create(migrationBuilder);
}

[DbContext(typeof(ByHandContext)), Migration(Version)]
public sealed class ByHandChange : Migration
{
    public const string Version = "20240201000000_Change";

    protected override void Up(MigrationBuilder migrationBuilder) => ByHandContext.Change(migrationBuilder);

    protected override void Down(MigrationBuilder migrationBuilder) => ByHandContext.ChangeBack(migrationBuilder);
}

[DbContext(typeof(ByHandContext)), Migration(Version)]
public sealed class ByHandFollow : Migration
{
    public const string Version = "20240301000000_Follow";

    protected override void Up(MigrationBuilder migrationBuilder) => ByHandContext.Follow(migrationBuilder);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("SELECT 1");
}
