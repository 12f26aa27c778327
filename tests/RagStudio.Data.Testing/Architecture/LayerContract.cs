using System.Reflection;
using System.Runtime.CompilerServices;
using NUnit.Framework;

namespace RagStudio.Data.Testing;

/// <summary>Keeps the picture of the layers in docs/design.md true.</summary>
public abstract class LayerContract(LayeredProject project)
{
    [Test]
    public void Every_folder_is_a_layer() =>
        Assert.That(project.Folders.Values.Distinct(), Is.EquivalentTo(project.Layers));

    [Test]
    public void Layers_depend_on_lower_ones_only() => Assert.That(project.UpwardDependencies(), Is.Empty);

    [Test]
    public void Namespaces_follow_folders_except_for_what_applications_name()
    {
        var elsewhere =
            from type in project.Types()
            where type.Type.Namespace!.StartsWith(project.Name, StringComparison.Ordinal)
            let expected = project.Root.Contains(type.Layer) ? project.Name : $"{project.Name}.{type.Layer}"
            where type.Type.Namespace != expected
            select $"{type.Type} in {type.Layer}";
        Assert.That(elsewhere, Is.Empty);
    }

    [Test]
    public void Public_types_are_in_public_layers_only() =>
        Assert.That(
            project
                .Types()
                .Where(type => type.Type.IsPublic && !project.Public.Contains(type.Layer))
                .Select(t => t.Type),
            Is.Empty
        );

    [Test]
    public void Internal_classes_from_which_none_derives_are_sealed() =>
        Assert.That(
            project
                .Types()
                .Select(type => type.Type)
                .Where(type => type is { IsClass: true, IsPublic: false, IsSealed: false, IsAbstract: false })
                // From a proxy's class the runtime derives one.
                .Where(type => !type.IsAssignableTo(typeof(DispatchProxy)))
                .Where(type => !project.Types().Any(other => other.Type.BaseType == type)),
            Is.Empty
        );

    [Test]
    public void A_token_is_the_last_parameter()
    {
        const BindingFlags all =
            BindingFlags.Instance
            | BindingFlags.Static
            | BindingFlags.Public
            | BindingFlags.NonPublic
            | BindingFlags.DeclaredOnly;
        var elsewhere =
            from type in project.Types()
            from method in type.Type.GetMethods(all)
            where !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !method.Name.Contains('<')
            // What follows is written as if it were several.
            let parameters = method.GetParameters().Where(parameter => !IsParams(parameter)).ToArray()
            where parameters.SkipLast(1).Any(parameter => parameter.ParameterType == typeof(CancellationToken))
            select $"{type.Type.Name}.{method.Name}";
        Assert.That(elsewhere, Is.Empty);
    }

    private static bool IsParams(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute));
}
