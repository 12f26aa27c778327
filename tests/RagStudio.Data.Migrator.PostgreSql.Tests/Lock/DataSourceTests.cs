using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Tests.BackUp;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>Data sources whose passwords only a provider knows, as tokens are. The server demands SCRAM.</summary>
public sealed class DataSourceTests
{
    private DumpedShop _dumped = null!;
    private string _password = "";
    private int _asked;

    [SetUp]
    public async Task Create_a_shop()
    {
        _dumped = await DumpedShop.CreateAsync();
        (_password, _asked) = (_dumped.Database.Owner.Password, 0);
    }

    [TearDown]
    public async Task Drop_it() => await (_dumped?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Test]
    public async Task A_run_its_checks_its_plan_and_a_backup_connect_with_the_password_of_the_moment()
    {
        await using var source = Build();
        var services = Services(migrator => migrator.AddPostgreSqlDatabase<SecondShop>("shop", source));
        var manager = services.GetRequiredService<IMigrationManager>();

        var plan = await manager.PlanAsync();
        await RenewPasswordAsync();
        var summary = await manager.MigrateAsync();
        await RenewPasswordAsync();
        var backup = await manager.Backups.CreateAsync();
        var validated = await services.GetRequiredService<DataValidator>().ValidateAsync();

        Assert.That(plan.Databases[0].Migrations, Has.Count.EqualTo(1));
        Assert.That(summary.Success);
        Assert.That(backup!.Verified);
        Assert.That(validated.Reports.SelectMany(report => report.Warnings), Is.Empty, "the scratch database too");
        Assert.That(_asked, Is.GreaterThan(3));
        Assert.That(source.ConnectionString, Does.Not.Contain("Password"));
        await using var own = await source.OpenConnectionAsync();
        Assert.That(
            await Sql.ScalarAsync<string>(own, "SELECT current_setting('idle_in_transaction_session_timeout')"),
            Is.EqualTo("0"),
            "the pool of the application has none of the run's settings"
        );
    }

    [Test]
    public async Task A_registered_context_and_a_guarded_one_use_the_data_source_of_their_options()
    {
        await using var source = Build();
        var services = new ServiceCollection();
        services.AddDbContext<SecondShop>(options => options.UseNpgsql(source));
        services.AddMigrator().AddPostgreSqlDatabase<SecondShop>("shop");
        await using var provider = services.BuildServiceProvider();
        await using var guarded = new FirstShop(
            new DbContextOptionsBuilder<FirstShop>().UseNpgsql(source).UseGuardedMigrations().Options
        );

        await guarded.Database.MigrateAsync();
        await provider.GetRequiredService<IMigrationManager>().MigrateAsync();

        Assert.That(await _dumped.Shop.AppliedAsync(), Has.Length.EqualTo(2));
        Assert.That(_asked, Is.Positive);
    }

    [Test]
    public async Task A_wrong_password_is_told_without_it()
    {
        _password = "that-nobody-may-read";
        await using var source = Build();
        var manager = Services(migrator => migrator.AddPostgreSqlDatabase<SecondShop>("shop", _ => source))
            .GetRequiredService<IMigrationManager>();

        var refused = Assert.CatchAsync<DatabaseAccessException>(() => manager.MigrateAsync());

        Assert.That(refused!.Message, Does.Contain("28P01"));
        Assert.That(refused.ToString(), Does.Not.Contain(_password));
    }

    private IServiceProvider Services(Action<MigratorBuilder> databases) =>
        _dumped.Shop.Services(databases, options => options.BackupDirectory = _dumped.Folder);

    private NpgsqlDataSource Build()
    {
        var given = new NpgsqlConnectionStringBuilder(_dumped.Database.ConnectionString) { Password = null };
        return new NpgsqlDataSourceBuilder(given.ConnectionString)
            .UsePasswordProvider(_ => Ask(), (_, _) => new ValueTask<string>(Ask()))
            .Build();
    }

    private string Ask()
    {
        _asked++;
        return _password;
    }

    private async Task RenewPasswordAsync()
    {
        _password = Guid.NewGuid().ToString("N");
        await _dumped.AsSuperuserAsync($"ALTER ROLE {_dumped.Database.Owner.Name} PASSWORD '{_password}'");
    }
}
