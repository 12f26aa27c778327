using System.Globalization;

namespace RagStudio.Data.Packages.Tests;

/// <summary>An application as others would write it: a worker with its own context and ten migrations.</summary>
internal static class Worker
{
    public const int Migrations = 10;

    /// <summary>Everything that guards it, and where that was loaded from.</summary>
    private const string Program = """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using RagStudio.Data.Migrator;
        using RagStudio.Data.Migrator.Sqlite;

        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddMigrator().AddSqliteDatabase<NotesContext>("notes", "Data Source=notes.db").MigrateOnStartup();
        using var host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();
        Console.WriteLine(typeof(IMigrationManager).Assembly.Location);
        Console.WriteLine(typeof(SqliteMigratorBuilderExtensions).Assembly.Location);
        """;

    /// <summary>Writes its sources into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="migratorVersion">The version of this repository's packages.</param>
    /// <param name="hostingVersion">The version of the hosting package.</param>
    /// <param name="packages">The folder of this repository's packages.</param>
    /// <param name="more">Additional content of its project.</param>
    public static void WriteTo(
        string folder,
        string migratorVersion,
        string hostingVersion,
        string packages,
        string more = ""
    )
    {
        File.WriteAllText(
            Path.Combine(folder, "Worker.csproj"),
            Project(migratorVersion, hostingVersion, packages)
                .Replace("</Project>", more + "</Project>", StringComparison.Ordinal)
        );
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Program);
        File.WriteAllText(
            Path.Combine(folder, "Notes.cs"),
            Context() + string.Concat(Enumerable.Range(1, Migrations).Select(Migration))
        );
    }

    private static string Project(string migratorVersion, string hostingVersion, string packages) =>
        $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <!-- These packages are of this test only: they are unpacked here, and all others taken from where they are. -->
                <RestorePackagesPath>unpacked</RestorePackagesPath>
                <RestoreFallbackFolders>{CachedPackages()}</RestoreFallbackFolders>
                <RestoreAdditionalProjectSources>{packages}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.Extensions.Hosting" Version="{hostingVersion}" />
                <PackageReference Include="RagStudio.Data.Migrator.Sqlite" Version="{migratorVersion}" />
              </ItemGroup>
            </Project>
            """;

    private static string CachedPackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string Context() =>
        """
            using Microsoft.EntityFrameworkCore;
            using Microsoft.EntityFrameworkCore.Infrastructure;
            using Microsoft.EntityFrameworkCore.Migrations;

            public sealed class NotesContext(DbContextOptions<NotesContext> options) : DbContext(options);

            """;

    private static string Migration(int number)
    {
        var month = number.ToString("00", CultureInfo.InvariantCulture);
        return $$"""

            [DbContext(typeof(NotesContext)), Migration("2025{{month}}01000000_AddNotes{{number}}")]
            public sealed class AddNotes{{number}} : Migration
            {
                protected override void Up(MigrationBuilder migrationBuilder) =>
                    migrationBuilder.CreateTable("notes{{number}}", table => new { text = table.Column<string>() });

                protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("notes{{number}}");
            }

            """;
    }
}
