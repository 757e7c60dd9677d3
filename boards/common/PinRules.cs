namespace LabEdge.Boards
{
    /// <summary>
    /// Pins that a router may not use, per microcontroller (data book, hardware.md section 2): a wrong one hangs the board or keeps it from
    /// booting, so they are refused before anything is opened.
    /// </summary>
    public static class PinRules
    {
        public const string Esp32 = "ESP32";
        public const string Esp32S3 = "ESP32-S3";
        public const string Rp2040 = "RP2040";
        public const string Rp2350 = "RP2350";
        public const string Stm32F777 = "STM32F777";

        /// <param name="mcu">As in boards.json.</param>
        /// <param name="ownMac">The microcontroller's own Ethernet MAC is wired to a PHY (RMII).</param>
        /// <param name="output">The router drives the pin.</param>
        /// <returns>Why the pin may not be used; null when it may.</returns>
        public static string Refuse(string mcu, bool ownMac, int pin, bool output)
        {
            switch (mcu)
            {
                case Esp32: return RefuseEsp32(ownMac, pin, output);
                case Esp32S3: return RefuseEsp32S3(pin, output);
                case Rp2040:
                case Rp2350: return pin > 28 ? "there are GPIO 0 to 28" : null;
                case Stm32F777: return pin > 15 ? "there are D00 to D15" : null;
                default: return "the microcontroller " + mcu + " is not known";
            }
        }

        private static string RefuseEsp32(bool ownMac, int pin, bool output)
        {
            if (pin > 39 || pin == 20 || pin == 24 || (pin >= 28 && pin <= 31)) return "there is no such GPIO";
            if (pin >= 6 && pin <= 11) return "GPIO 6 to 11 are the flash";
            if (pin >= 34 && output) return "GPIO 34 to 39 are inputs only";
            if (pin == 12) return "GPIO 12 chooses the voltage of the flash at reset";
            if (pin == 0 && output) return "GPIO 0 chooses the boot mode at reset";
            bool rmii = pin == 18 || pin == 19 || pin == 21 || pin == 22 || pin == 23 || (pin >= 25 && pin <= 27);
            return rmii && ownMac ? "the board's own MAC uses it (RMII)" : null;
        }

        private static string RefuseEsp32S3(int pin, bool output)
        {
            if (pin > 48 || (pin >= 22 && pin <= 25)) return "there is no such GPIO";
            if (pin >= 26 && pin <= 32) return "GPIO 26 to 32 are the flash";
            if (pin >= 33 && pin <= 37) return "GPIO 33 to 37 are the octal PSRAM";
            if (pin == 19 || pin == 20) return "GPIO 19 and 20 are USB";
            if ((pin == 0 || pin == 3 || pin == 45 || pin == 46) && output) return "it is a strapping pin (0, 3, 45, 46)";
            return null;
        }
    }
}
