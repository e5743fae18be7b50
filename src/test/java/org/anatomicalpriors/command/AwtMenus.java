package org.anatomicalpriors.command;

import java.awt.Menu;
import java.awt.MenuItem;
import org.scijava.menu.AbstractMenuCreator;
import org.scijava.menu.ShadowMenu;

/** SciJava's menus as ImageJ's, which Fiji's legacy layer makes in its own way. */
final class AwtMenus extends AbstractMenuCreator<Menu, Menu> {

  @Override
  protected void addLeafToMenu(final ShadowMenu leaf, final Menu target) {
    target.add(new MenuItem(leaf.getName()));
  }

  @Override
  protected void addLeafToTop(final ShadowMenu leaf, final Menu target) {
    addLeafToMenu(leaf, target);
  }

  @Override
  protected Menu addNonLeafToMenu(final ShadowMenu node, final Menu target) {
    final Menu menu = new Menu(node.getName());
    target.add(menu);
    return menu;
  }

  @Override
  protected Menu addNonLeafToTop(final ShadowMenu node, final Menu target) {
    return addNonLeafToMenu(node, target);
  }

  @Override
  protected void addSeparatorToMenu(final Menu target) {
    target.addSeparator();
  }

  @Override
  protected void addSeparatorToTop(final Menu target) {
    target.addSeparator();
  }
}
