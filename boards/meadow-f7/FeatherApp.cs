using System.Threading.Tasks;
using Meadow;
using Meadow.Devices;

namespace LabEdge.Head
{
    /// <summary>Meadow F7v2 Feather: W5500 at the pins SCK, COPI and CIPO, light on board.</summary>
    public class FeatherApp : App<F7FeatherV2>
    {
        public override Task Run()
        {
            return Task.Run(() => new MeadowBoard(new MeadowPlatform(Device, "OnboardLedGreen"), "D15").Run());
        }
    }
}
