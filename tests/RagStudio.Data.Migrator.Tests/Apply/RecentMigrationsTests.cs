using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Migrator.Tests.Apply;

public sealed class RecentMigrationsTests
{
    private readonly RecentMigrations _recent = new(new Three(), archive: null, "a provider");

    [Test]
    public void A_migration_is_created_once_for_its_own_step_and_for_the_next_one()
    {
        var first = _recent["1"];
        var second = _recent["2"];

        Assert.That(_recent[_recent.Before("2")!], Is.SameAs(first));
        Assert.That(_recent["2"], Is.SameAs(second));
    }

    [Test]
    public void A_migration_and_its_model_are_let_go_when_two_others_have_run()
    {
        var first = _recent["1"];
        _ = _recent["2"];
        _ = _recent["3"];

        Assert.That(_recent["1"], Is.Not.SameAs(first));
    }

    [Test]
    public void There_is_none_before_the_first() => Assert.That(_recent.Before("1"), Is.Null);

    private sealed class Three : IMigrationsAssembly
    {
        public IReadOnlyDictionary<string, TypeInfo> Migrations { get; } =
            new[] { "1", "2", "3" }.ToDictionary(id => id, _ => typeof(Nothing).GetTypeInfo());

        public ModelSnapshot? ModelSnapshot => null;

        public Assembly Assembly => typeof(Three).Assembly;

        public string? FindMigrationId(string nameOrId) => nameOrId;

        public Migration CreateMigration(TypeInfo migrationClass, string activeProvider) =>
            new Nothing { ActiveProvider = activeProvider };
    }

    private sealed class Nothing : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) { }
    }
}
